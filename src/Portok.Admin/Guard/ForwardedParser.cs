using System.Net;
using System.Text;

namespace Portok.Admin.Guard;

/// <summary>
/// Reads one Forwarded header line (RFC 7239, section 4): elements separated by commas, pairs by semicolons, values as
/// tokens or quoted strings. Stricter than the RFC in one thing: an element without "for" is refused, for its client is unknown.
/// </summary>
internal ref struct ForwardedParser(string text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    public bool TryRead(List<IPAddress> addresses)
    {
        do
        {
            if (!TryReadElement(out string? node) || !AddressText.TryParseNode(node, out IPAddress address))
                return false;
            addresses.Add(address);
        }
        while (TryTake(','));

        return _at == _text.Length;
    }

    private bool TryReadElement(out string? node)
    {
        node = null;
        do
        {
            SkipSpace();
            ReadOnlySpan<char> name = ReadToken();
            if (name.IsEmpty || !TryTake('=') || !TryReadValue(out string value))
                return false;

            if (name.Equals("for", StringComparison.OrdinalIgnoreCase))
            {
                // Twice in one element: two readers could take different ones.
                if (node is not null)
                    return false;
                node = value;
            }

            SkipSpace();
        }
        while (TryTake(';'));

        return node is not null;
    }

    private bool TryReadValue(out string value)
    {
        value = "";
        if (!TryTake('"'))
        {
            value = ReadToken().ToString();
            return value.Length > 0;
        }

        var unquoted = new StringBuilder();
        while (_at < _text.Length)
        {
            char c = _text[_at++];
            if (c == '"')
            {
                value = unquoted.ToString();
                return true;
            }

            if (c == '\\')
            {
                if (_at == _text.Length)
                    return false;
                c = _text[_at++];
            }

            unquoted.Append(c);
        }

        return false;
    }

    // tchar of RFC 9110, section 5.6.2. A bare IPv6 address or a port needs quotes: ":" and "[" are none.
    private ReadOnlySpan<char> ReadToken()
    {
        int start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || "!#$%&'*+-.^_`|~".Contains(_text[_at], StringComparison.Ordinal)))
            _at++;
        return _text[start.._at];
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && (_text[_at] is ' ' or '\t'))
            _at++;
    }

    private bool TryTake(char c)
    {
        bool there = _at < _text.Length && _text[_at] == c;
        _at += there ? 1 : 0;
        return there;
    }
}
