using System.Globalization;
using System.Text;

namespace Portok.Differential.Cases;

/// <summary>
/// The corpus on disk: blocks of lines "key: value", an empty line between them. Lines "&gt; text" are the bytes, escaped, one
/// after the other; "&gt;*N text" repeats the text N times. '#' begins a comment.
/// </summary>
internal static class CaseFile
{
    /// <summary>The requests that responses answer.</summary>
    private static readonly Dictionary<string, string> Requests = new(StringComparer.Ordinal)
    {
        ["get"] = "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
        ["head"] = "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n",
        ["post"] = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
        ["http10"] = "GET / HTTP/1.0\r\nHost: a\r\n\r\n",
        ["upgrade"] = "GET / HTTP/1.1\r\nHost: a\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
    };

    public static IReadOnlyList<Case> Read(string folder) =>
        [.. Directory.GetFiles(folder, "*-cases.txt").Order(StringComparer.Ordinal).SelectMany(ReadFile)];

    public static IReadOnlyDictionary<string, Rule> ReadRules(string folder) =>
        Blocks(Path.Combine(folder, "rules.txt"))
            .Select(block => new Rule(block.Get("rule"), block.Get("title"), block.Get("page"), block.Get("why")))
            .ToDictionary(rule => rule.Id, StringComparer.Ordinal);

    private static IEnumerable<Case> ReadFile(string path)
    {
        CaseKind kind = Path.GetFileName(path).StartsWith("response", StringComparison.Ordinal) ? CaseKind.Response : CaseKind.Request;
        return Blocks(path).Select(block => new Case
        {
            Kind = kind,
            Name = block.Get("name"),
            Group = block.Get("group"),
            Rule = block.Get("rule"),
            Bytes = [.. block.Bytes],
            Expect = block.Get("expect").Split('|', StringSplitOptions.TrimEntries),
            Content = block.Find("content") is { } content ? EscapedBytes.Read(content) : null,
            Target = block.Find("target"),
            Has = block.All("has"),
            Lacks = block.All("lacks"),
            HalfClose = block.Find("fin") is "yes",
            Request = kind == CaseKind.Response ? Encoding.Latin1.GetBytes(Requests[block.Find("to") ?? "get"]) : [],
            Then = Enum.Parse<Then>(block.Find("then") ?? "keep", ignoreCase: true),
            Reuse = block.Find("reuse") switch { "yes" => true, "no" => false, _ => null },
        });
    }

    private static IEnumerable<Block> Blocks(string path)
    {
        var block = new Block(path);
        foreach (string line in File.ReadLines(path).Append(""))
        {
            if (line.StartsWith('#')) continue;
            if (line.Length > 0)
            {
                block.Add(line);
                continue;
            }

            if (!block.IsEmpty) yield return block;
            block = new Block(path);
        }
    }

    private sealed class Block(string path)
    {
        private readonly List<(string Key, string Value)> _values = [];

        public List<byte> Bytes { get; } = [];

        public bool IsEmpty => _values.Count == 0 && Bytes.Count == 0;

        public void Add(string line)
        {
            if (line[0] != '>')
            {
                int colon = line.IndexOf(':', StringComparison.Ordinal);
                if (colon < 0) throw new FormatException($"{path}: '{line}' is neither 'key: value' nor bytes.");
                _values.Add((line[..colon], line[(colon + 1)..].Trim()));
                return;
            }

            int space = line.IndexOf(' ', StringComparison.Ordinal);
            int times = line[1] == '*' ? int.Parse(line.AsSpan(2, space - 2), CultureInfo.InvariantCulture) : 1;
            byte[] bytes = EscapedBytes.Read(line[(space + 1)..]);
            for (int i = 0; i < times; i++) Bytes.AddRange(bytes);
        }

        public string? Find(string key) => _values.Find(pair => pair.Key == key).Value;

        public string Get(string key) => Find(key) ?? throw new FormatException($"{path}: a block without '{key}': {string.Join(", ", _values)}");

        public IReadOnlyList<string> All(string key) => [.. _values.Where(pair => pair.Key == key).Select(pair => pair.Value)];
    }
}
