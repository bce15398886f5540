namespace Portok.Http1;

/// <summary>The Keep-Alive field, <c>timeout=5, max=100</c>: never standardised, sent by most servers (RFC 2068 19.7.1.1).</summary>
internal static class KeepAliveField
{
    /// <summary>The timeout in seconds, or −1.</summary>
    public static int Timeout(ReadOnlySpan<byte> value)
    {
        while (Grammar.NextElement(ref value, out ReadOnlySpan<byte> parameter))
        {
            int equals = parameter.IndexOf((byte)'=');
            if (equals < 0 || !Grammar.EqualsIgnoreCase(Grammar.TrimWhiteSpace(parameter[..equals]), "timeout"u8)) continue;
            ReadOnlySpan<byte> number = Grammar.TrimWhiteSpace(parameter[(equals + 1)..]);
            return Grammar.TryParseLength(number, out long seconds) ? (int)Math.Min(seconds, int.MaxValue) : -1;
        }

        return -1;
    }
}
