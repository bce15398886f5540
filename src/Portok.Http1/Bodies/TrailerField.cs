namespace Portok.Http1;

/// <summary>One line of a trailer section: whether it is a field line, and whether a trailer may carry it.</summary>
internal static class TrailerField
{
    // What frames, routes, modifies, authenticates or says how to read a message has no effect in a trailer but to fool
    // whoever merges trailers into the head (RFC 9110 6.5.1). Fields with a FieldKind are not listed: none of them passes.
    private static ReadOnlySpan<byte> Forbidden =>
        "\nage\nauthorization\nauthentication-info\ncache-control\ncontent-encoding\ncontent-range\ncontent-type\ncookie\ndate\nexpires\n"u8
        + "forwarded\nif-match\nif-modified-since\nif-none-match\nif-range\nif-unmodified-since\nlocation\npragma\nrange\n"u8
        + "retry-after\nset-cookie\nvary\nvia\nwarning\nwww-authenticate\nx-real-ip\n"u8;

    /// <summary>A token, a colon, and (checked by the caller) no control in the rest.</summary>
    public static bool IsValid(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOfAnyExcept(Grammar.TokenChars);
        return colon > 0 && line[colon] == ':';
    }

    /// <summary>For a valid line.</summary>
    /// <param name="line">The line without its CRLF.</param>
    /// <param name="named">What Connection has named: lower case, each name between line feeds; empty for nothing.</param>
    public static bool MayPass(ReadOnlySpan<byte> line, ReadOnlySpan<byte> named)
    {
        ReadOnlySpan<byte> name = line[..line.IndexOf((byte)':')];
        if (FieldNames.Classify(name) != FieldKind.Other) return false;
        return !Lists(Forbidden, name) && (named.IsEmpty || !Lists(named, name));
    }

    private static bool Lists(ReadOnlySpan<byte> names, ReadOnlySpan<byte> name)
    {
        for (ReadOnlySpan<byte> rest = names[1..]; !rest.IsEmpty;)
        {
            int end = rest.IndexOf(Grammar.Lf);
            if (Grammar.EqualsIgnoreCase(name, rest[..end])) return true;
            rest = rest[(end + 1)..];
        }

        return false;
    }
}
