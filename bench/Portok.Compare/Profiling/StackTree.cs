using System.Globalization;

namespace Portok.Compare.Profiling;

/// <summary>Samples of a profile by their stacks: a frame, how often it was met, and what it had called.</summary>
internal sealed class StackTree(string name)
{
    private const string Kernel = "[kernel", Managed = "managed code";
    private readonly Dictionary<string, StackTree> _calls = new(StringComparer.Ordinal);

    public string Name => name;

    /// <summary>Samples with this frame on their stack.</summary>
    public int Samples { get; private set; }

    /// <summary>By name, so that two profiles have their frames at the same places.</summary>
    public IEnumerable<StackTree> Calls => _calls.Values.OrderBy(call => call.Name, StringComparer.Ordinal);

    /// <summary>Frames on top of each other, this one included.</summary>
    public int Depth => 1 + _calls.Values.Select(call => call.Depth).DefaultIfEmpty(0).Max();

    /// <summary>
    /// Reads what "perf script -F comm,ip,sym,dso" writes: samples divided by empty lines, a head line each, then frames from
    /// the innermost outwards.
    /// </summary>
    /// <param name="title">Name of the whole.</param>
    /// <param name="program">File name of the profiled program: what runs in it is managed code.</param>
    public static StackTree Read(TextReader script, string title, string program)
    {
        var root = new StackTree(title);
        var frames = new List<string>();
        string outermost = "";
        while (script.ReadLine() is { } line)
        {
            if (line.Length == 0)
            {
                root.Add(frames, outermost, program);
                frames.Clear();
            }
            else if (char.IsWhiteSpace(line[0]) && Frame(line) is var (symbol, module))
            {
                frames.Add(symbol);
                outermost = module;
            }
        }

        root.Add(frames, outermost, program);
        return root;
    }

    private void Add(List<string> frames, string outermost, string program)
    {
        if (frames.Count == 0)
        {
            return;
        }

        // A call into the kernel is met in libc; what runs in the program itself has no frame in common.
        if (string.Equals(Path.GetFileName(outermost), program, StringComparison.Ordinal))
        {
            frames.Add(Managed);
        }
        else if (outermost.StartsWith(Kernel, StringComparison.Ordinal))
        {
            frames.Add("kernel");
        }

        Samples++;
        StackTree at = this;
        for (int i = frames.Count - 1; i >= 0; i--)
        {
            if (!at._calls.TryGetValue(frames[i], out StackTree? call))
            {
                at._calls[frames[i]] = call = new StackTree(frames[i]);
            }

            call.Samples++;
            at = call;
        }
    }

    /// <summary>"address symbol (module)"; a symbol that is not known is its module's.</summary>
    private static (string Symbol, string Module)? Frame(string line)
    {
        string text = line.Trim();
        int space = text.IndexOf(' ', StringComparison.Ordinal), open = text.LastIndexOf(" (", StringComparison.Ordinal);
        if (space < 0 || open < space || !ulong.TryParse(text.AsSpan(0, space), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out _))
        {
            return null;
        }

        string module = text[(open + 2)..^1], symbol = text[(space + 1)..Math.Max(space + 1, open)];
        return (symbol is not ("[unknown]" or "") ? symbol : module.StartsWith('[') ? module : $"[{Path.GetFileName(module)}]", module);
    }
}
