using Portok.Fuzz.Targets;

namespace Portok.Fuzz.Fuzzing;

/// <summary>Runs kept inputs once more, as they are.</summary>
internal static class Replay
{
    /// <summary>Runs every input of a file through the target that the file is named for.</summary>
    /// <returns>The faults that were met.</returns>
    /// <exception cref="ArgumentException">The file is named for no target.</exception>
    public static IReadOnlyList<Find> File(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        Func<IFuzzTarget> create = TargetCatalogue.All.OrderByDescending(c => c().Name.Length).FirstOrDefault(c => name.StartsWith(c().Name, StringComparison.Ordinal))
            ?? throw new ArgumentException($"'{name}' begins with the name of no target: {string.Join(", ", TargetCatalogue.All.Select(c => c().Name))}.", nameof(path));
        return Inputs(create, Corpus.Read(path));
    }

    public static IReadOnlyList<Find> Inputs(Func<IFuzzTarget> create, IEnumerable<byte[]> inputs)
    {
        var finds = new List<Find>();
        IFuzzTarget target = create();
        foreach (byte[] input in inputs)
        {
            try
            {
                target.Run(input);
            }
#pragma warning disable CA1031 // whatever it throws is what is looked for
            catch (Exception fault)
#pragma warning restore CA1031
            {
                finds.Add(new Find(input, fault));
                (target as IDisposable)?.Dispose();
                target = create();
            }
        }

        (target as IDisposable)?.Dispose();
        return finds;
    }
}
