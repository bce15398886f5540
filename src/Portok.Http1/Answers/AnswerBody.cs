namespace Portok.Http1;

/// <summary>The built-in bodies of Portok's own answers, one per form.</summary>
internal static class AnswerBody
{
    public static ReadOnlySpan<byte> ContentType(AnswerForm form) => form switch
    {
        AnswerForm.Html => "text/html; charset=utf-8"u8,
        AnswerForm.Json => "application/json"u8,
        _ => "text/plain; charset=utf-8"u8,
    };

    /// <summary>Writes the body and returns its length in bytes.</summary>
    public static int Write(Span<byte> destination, RejectReason reason, AnswerForm form)
    {
        var writer = new HeadWriter(destination);
        int status = RejectReasons.Status(reason);
        string phrase = ReasonPhrase(status);
        string sentence = RejectReasons.Describe(reason);
        switch (form)
        {
            case AnswerForm.Html:
                writer.Write("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"color-scheme\" content=\"light dark\"><meta name=\"viewport\" content=\"width=device-width\"><title>"u8);
                WriteHeadline(ref writer, status, phrase);
                writer.Write("</title><style>body{font:1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:15vh auto;padding:0 1rem}h1{font-size:1.4rem}</style><h1>"u8);
                WriteHeadline(ref writer, status, phrase);
                writer.Write("</h1><p>"u8);
                WriteHtml(ref writer, sentence);
                writer.Write("</p></html>\n"u8);
                break;
            case AnswerForm.Json:
                writer.Write("{\"error\":\""u8);
                WriteJson(ref writer, phrase);
                writer.Write("\",\"message\":\""u8);
                WriteJson(ref writer, sentence);
                writer.Write("\",\"reason\":\""u8);
                WriteJson(ref writer, RejectReasons.Token(reason));
                writer.Write("\"}\n"u8);
                break;
            default:
                WriteHeadline(ref writer, status, phrase);
                writer.Write("\n"u8);
                WritePlain(ref writer, sentence);
                writer.Write("\n"u8);
                break;
        }

        return writer.Length;
    }

    /// <summary>The phrases of RFC 9110 15 and RFC 6585.</summary>
    public static string ReasonPhrase(int status) => status switch
    {
        400 => "Bad Request",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        413 => "Content Too Large",
        414 => "URI Too Long",
        417 => "Expectation Failed",
        431 => "Request Header Fields Too Large",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        _ => "Internal Server Error",
    };

    public static void WritePlain(ref HeadWriter writer, string ascii)
    {
        foreach (char c in ascii) writer.Write((byte)c);
    }

    private static void WriteHeadline(ref HeadWriter writer, int status, string phrase)
    {
        writer.Write((long)status);
        writer.Write(" "u8);
        WriteHtml(ref writer, phrase);
    }

    private static void WriteHtml(ref HeadWriter writer, string ascii)
    {
        foreach (char c in ascii)
        {
            switch (c)
            {
                case '<': writer.Write("&lt;"u8); break;
                case '>': writer.Write("&gt;"u8); break;
                case '&': writer.Write("&amp;"u8); break;
                case '"': writer.Write("&quot;"u8); break;
                default: writer.Write((byte)c); break;
            }
        }
    }

    private static void WriteJson(ref HeadWriter writer, string ascii)
    {
        foreach (char c in ascii)
        {
            if (c is '"' or '\\') writer.Write("\\"u8);
            writer.Write((byte)c);
        }
    }
}
