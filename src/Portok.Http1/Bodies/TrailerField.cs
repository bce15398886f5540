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

    private const int MaxName = 32;

    /// <summary>A token, a colon, and (checked by the caller) no control in the rest.</summary>
    public static bool IsValid(ReadOnlySpan<byte> line)
    {
        int colon = line.IndexOfAnyExcept(Grammar.TokenChars);
        return colon > 0 && line[colon] == ':';
    }

    /// <summary>For a valid line.</summary>
    public static bool MayPass(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> name = line[..line.IndexOf((byte)':')];
        if (FieldNames.Classify(name) != FieldKind.Other) return false;
        if (name.Length > MaxName) return true;

        Span<byte> word = stackalloc byte[MaxName + 2];
        word[0] = Grammar.Lf;
        System.Text.Ascii.ToLower(name, word[1..], out int length);
        word[length + 1] = Grammar.Lf;
        return Forbidden.IndexOf(word[..(length + 2)]) < 0;
    }
}
