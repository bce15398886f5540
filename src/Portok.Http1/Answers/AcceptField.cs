namespace Portok.Http1;

/// <summary>Weighs plain text, HTML and JSON by an Accept field (RFC 9110 12.5.1).</summary>
internal static class AcceptField
{
    public static AnswerForm Choose(ReadOnlySpan<byte> accept)
    {
        var text = new Preference("text"u8, "plain"u8);
        var html = new Preference("text"u8, "html"u8);
        var json = new Preference("application"u8, "json"u8);
        int position = 0;
        while (Grammar.NextElement(ref accept, out ReadOnlySpan<byte> range))
        {
            int weight = ReadWeight(range, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> subtype);
            text.Consider(type, subtype, weight, position);
            html.Consider(type, subtype, weight, position);
            json.Consider(type, subtype, weight, position);
            position++;
        }

        bool jsonFirst = json.Weight > html.Weight || (json.Weight == html.Weight && json.Position < html.Position);
        Preference best = jsonFirst ? json : html;
        if (best.Weight <= text.Weight) return AnswerForm.Text;
        return jsonFirst ? AnswerForm.Json : AnswerForm.Html;
    }

    /// <summary>The weight in thousandths; 0 for one that is malformed.</summary>
    private static int ReadWeight(ReadOnlySpan<byte> range, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> subtype)
    {
        int semicolon = range.IndexOf((byte)';');
        ReadOnlySpan<byte> media = Grammar.TrimWhiteSpace(semicolon < 0 ? range : range[..semicolon]);
        ReadOnlySpan<byte> rest = semicolon < 0 ? default : range[(semicolon + 1)..];
        int slash = media.IndexOf((byte)'/');
        type = slash < 0 ? media : media[..slash];
        subtype = slash < 0 ? default : media[(slash + 1)..];

        while (!rest.IsEmpty)
        {
            int next = rest.IndexOf((byte)';');
            ReadOnlySpan<byte> parameter = Grammar.TrimWhiteSpace(next < 0 ? rest : rest[..next]);
            rest = next < 0 ? default : rest[(next + 1)..];
            if (parameter.Length > 2 && (parameter[0] | 0x20) == 'q' && parameter[1] == '=') return Thousandths(parameter[2..]);
        }

        return 1000;
    }

    /// <summary><c>qvalue = ( "0" [ "." 0*3DIGIT ] ) / ( "1" [ "." 0*3("0") ] )</c> (RFC 9110 12.4.2).</summary>
    private static int Thousandths(ReadOnlySpan<byte> q)
    {
        if (q.Length > 5 || q[0] is not ((byte)'0' or (byte)'1') || (q.Length > 1 && q[1] != '.')) return 0;
        int value = (q[0] - '0') * 1000;
        int unit = 100;
        for (int i = 2; i < q.Length; i++, unit /= 10)
        {
            if (!char.IsAsciiDigit((char)q[i])) return 0;
            value += (q[i] - '0') * unit;
        }

        return Math.Min(value, 1000);
    }

    /// <summary>One form and the most specific range that matched it so far.</summary>
    private ref struct Preference(ReadOnlySpan<byte> type, ReadOnlySpan<byte> subtype)
    {
        private readonly ReadOnlySpan<byte> _type = type;
        private readonly ReadOnlySpan<byte> _subtype = subtype;
        private int _specificity;

        public int Weight { get; private set; }

        public int Position { get; private set; }

        public void Consider(scoped ReadOnlySpan<byte> type, scoped ReadOnlySpan<byte> subtype, int weight, int position)
        {
            int specificity = !Grammar.EqualsIgnoreCase(type, _type) ? (type is [(byte)'*'] && subtype is [(byte)'*'] ? 1 : 0)
                : Grammar.EqualsIgnoreCase(subtype, _subtype) ? 3
                : subtype is [(byte)'*'] ? 2 : 0;
            if (specificity <= _specificity) return;
            _specificity = specificity;
            Weight = weight;
            Position = position;
        }
    }
}
