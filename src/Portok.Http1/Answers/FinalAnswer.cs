namespace Portok.Http1;

/// <summary>
/// The answer to a TRACE or OPTIONS that may go no further (Max-Forwards: 0): Portok is its final recipient
/// (RFC 9110 7.6.2). Pure.
/// </summary>
public static class FinalAnswer
{
    /// <summary>An upper bound in bytes of what <see cref="Write"/> can write for a head of this length.</summary>
    public static int MaxLength(int headLength) => headLength + 512;

    /// <summary>
    /// Writes the whole answer, Connection: close included. TRACE gets back what came, without the fields that hold secrets
    /// (RFC 9110 9.3.8); OPTIONS the methods there are and no content.
    /// </summary>
    /// <param name="destination">At least <see cref="MaxLength"/> bytes.</param>
    /// <param name="head">The parsed head.</param>
    /// <param name="source">The bytes it was parsed from.</param>
    /// <param name="date">The time for the Date field.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> destination, RequestHead head, ReadOnlySpan<byte> source, DateTimeOffset date)
    {
        var writer = new HeadWriter(destination);
        writer.Write("HTTP/1.1 200 OK\r\nCache-Control: no-store\r\n"u8);
        writer.WriteDate(date);
        bool trace = head.Method == MethodKind.Trace;
        if (trace) writer.Write("Content-Type: message/http\r\n"u8);
        else writer.Write(LocalAnswer.AllowedMethods);
        writer.Write("Content-Length: "u8);
        writer.Write((long)(trace ? Reflect(ref writer, head, source, dry: true) : 0));
        writer.Write("\r\nConnection: close\r\n\r\n"u8);
        if (trace) Reflect(ref writer, head, source, dry: false);
        return writer.Length;
    }

    /// <returns>How many bytes that is; nothing is written when dry.</returns>
    private static int Reflect(ref HeadWriter writer, RequestHead head, ReadOnlySpan<byte> source, bool dry)
    {
        int length = 0;
        Put(ref writer, source[head.MethodToken.Start..head.FieldsStart]);
        for (int i = 0; i < head.FieldCount; i++)
        {
            if (!IsSecret(head.Fields[i], source)) Put(ref writer, source[head.Fields[i].Name.Start..head.LineAfter(i)]);
        }

        Put(ref writer, "\r\n"u8);
        return length;

        void Put(ref HeadWriter writer, scoped ReadOnlySpan<byte> bytes)
        {
            length += bytes.Length;
            if (!dry) writer.Write(bytes);
        }
    }

    private static bool IsSecret(in HeaderField field, ReadOnlySpan<byte> source)
    {
        if (field.Kind is FieldKind.AdminToken or FieldKind.ProxyAuthorization) return true;
        ReadOnlySpan<byte> name = field.Name.Of(source);
        return Grammar.EqualsIgnoreCase(name, "authorization"u8) || Grammar.EqualsIgnoreCase(name, "cookie"u8);
    }
}
