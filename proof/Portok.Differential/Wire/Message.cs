namespace Portok.Differential.Wire;

/// <summary>How a message says where it ends.</summary>
internal enum Framing
{
    None,
    Length,
    Chunked,
    UntilClose,
    Tunnel,
}

/// <summary>One message as this program reads it: leniently, for it has to follow what any peer forwards.</summary>
internal sealed record Message
{
    /// <summary>Start line and fields, the empty line included.</summary>
    public required byte[] Head { get; init; }

    /// <summary>Lines of the head without their ends.</summary>
    public required IReadOnlyList<string> Lines { get; init; }

    public required Framing Framing { get; init; }

    /// <summary>The body without its framing, as far as it came.</summary>
    public required byte[] Body { get; init; }

    /// <summary>Trailer lines behind a chunked body.</summary>
    public required IReadOnlyList<string> Trailers { get; init; }

    /// <summary>All of it is there.</summary>
    public required bool IsComplete { get; init; }

    /// <summary>Bytes of the stream it took.</summary>
    public required int Length { get; init; }

    public string Method => Lines[0].Split(' ')[0];

    public string Target => Lines[0].Split(' ') is { Length: > 1 } words ? words[1] : "";

    /// <summary>Of a response; 0 when there is none.</summary>
    public int Status => Lines[0].Split(' ') is { Length: > 1 } words && int.TryParse(words[1], System.Globalization.CultureInfo.InvariantCulture, out int status) ? status : 0;

    public string? Field(string name) => Values(name).FirstOrDefault();

    public IEnumerable<string> Values(string name) => Lines.Skip(1)
        .Where(line => line.Length > name.Length && line.StartsWith(name, StringComparison.OrdinalIgnoreCase) && line[name.Length..].TrimStart() is [':', ..])
        .Select(line => line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
}
