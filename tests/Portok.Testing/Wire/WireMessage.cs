using System.Globalization;

namespace Portok.Testing;

/// <summary>One HTTP/1.x message as it was on the wire, and as read by its framing.</summary>
public sealed class WireMessage
{
    /// <param name="head">Start line and fields, the empty line included.</param>
    /// <param name="rawBody">The body's bytes on the wire: chunk sizes, last chunk and trailers included.</param>
    /// <param name="body">The body without its framing.</param>
    /// <param name="trailers">Trailer fields in order.</param>
    public WireMessage(string head, byte[] rawBody, byte[] body, IReadOnlyList<WireField> trailers)
    {
        Head = head;
        RawBody = rawBody;
        Body = body;
        Trailers = trailers;
        StartLine = head[..head.IndexOf("\r\n", StringComparison.Ordinal)];
        Fields = ParseFields(head);
    }

    /// <summary>Start line and fields exactly as received, the empty line included.</summary>
    public string Head { get; }

    /// <summary>The first line without its CRLF.</summary>
    public string StartLine { get; }

    /// <summary>The fields in order, duplicates included.</summary>
    public IReadOnlyList<WireField> Fields { get; }

    /// <summary>The body's bytes on the wire, framing included.</summary>
    public byte[] RawBody { get; }

    /// <summary>The body without its framing.</summary>
    public byte[] Body { get; }

    /// <summary>The trailer fields in order; empty without.</summary>
    public IReadOnlyList<WireField> Trailers { get; }

    /// <summary>The body as text, one character a byte.</summary>
    public string Text => Latin1.Text(Body);

    /// <summary>The status code of a response.</summary>
    public int Status => int.Parse(StartLine.Split(' ')[1], CultureInfo.InvariantCulture);

    /// <summary>The method of a request.</summary>
    public string Method => StartLine.Split(' ')[0];

    /// <summary>The target of a request.</summary>
    public string Target => StartLine.Split(' ')[1];

    /// <summary>Whether the body is framed by chunks.</summary>
    public bool IsChunked => Values("Transfer-Encoding").Any(value => value.EndsWith("chunked", StringComparison.OrdinalIgnoreCase));

    /// <summary>The number in Content-Length; null without one.</summary>
    public long? ContentLength => this["Content-Length"] is { } value ? long.Parse(value, CultureInfo.InvariantCulture) : null;

    /// <summary>The value of a field that may be there once; null without.</summary>
    /// <exception cref="WireException">The field is there more than once.</exception>
    public string? this[string name]
    {
        get
        {
            IReadOnlyList<string> values = Values(name);
            return values.Count switch
            {
                0 => null,
                1 => values[0],
                _ => throw new WireException($"{name} is there {values.Count} times in:\n{Head}"),
            };
        }
    }

    /// <summary>All values of a field in order, the name compared without case.</summary>
    public IReadOnlyList<string> Values(string name)
        => [.. Fields.Where(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(field => field.Value)];

    /// <summary>Whether a field of that name is there.</summary>
    public bool Has(string name) => Values(name).Count > 0;

    /// <summary>Whether one of the comma-separated members of a field is the token, compared without case.</summary>
    public bool HasToken(string name, string token)
        => Values(name).SelectMany(value => value.Split(',')).Any(member => member.Trim().Equals(token, StringComparison.OrdinalIgnoreCase));

    /// <inheritdoc/>
    public override string ToString() => Latin1.Show([.. Latin1.Bytes(Head), .. RawBody]);

    /// <summary>Splits the field lines of a head or a trailer section; strict, for tests must not forgive what is looked at.</summary>
    /// <param name="section">Lines each ended by CRLF, the first one being the start line, the last one empty.</param>
    /// <exception cref="WireException">A line is no field line.</exception>
    internal static IReadOnlyList<WireField> ParseFields(string section)
    {
        string[] lines = section.Split("\r\n");
        var fields = new List<WireField>();
        for (int index = 1; index < lines.Length - 2; index++)
        {
            int colon = lines[index].IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
                throw new WireException($"Not a field line: {Latin1.Show(Latin1.Bytes(lines[index]))}");
            fields.Add(new WireField(lines[index][..colon], lines[index][(colon + 1)..].Trim(' ', '\t')));
        }

        return fields;
    }
}

/// <summary>One field line: its name with its case, its value without the white space around it.</summary>
public readonly record struct WireField(string Name, string Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Value}";
}
