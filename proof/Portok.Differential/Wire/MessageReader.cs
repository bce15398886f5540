using System.Globalization;
using System.Text;

namespace Portok.Differential.Wire;

/// <summary>Reads messages off a recorded stream.</summary>
internal static class MessageReader
{
    /// <summary>Every message of a stream of requests; the last may be incomplete.</summary>
    public static IReadOnlyList<Message> Requests(byte[] bytes)
    {
        var messages = new List<Message>();
        int at = 0;
        while (at < bytes.Length && Request(bytes.AsSpan(at)) is { } message)
        {
            messages.Add(message);
            at += message.Length;
        }

        return messages;
    }

    /// <summary>Every message of a stream of responses.</summary>
    /// <param name="bytes">The stream.</param>
    /// <param name="methods">Of the requests, in order: HEAD is answered without a body.</param>
    /// <param name="ended">The stream has ended in order: what lasts until the close is complete.</param>
    public static IReadOnlyList<Message> Responses(byte[] bytes, IReadOnlyList<string> methods, bool ended)
    {
        var messages = new List<Message>();
        int at = 0, answered = 0;
        while (at < bytes.Length)
        {
            bool toHead = answered < methods.Count && methods[answered] == "HEAD";
            if (Response(bytes.AsSpan(at), toHead, ended) is not { } message) break;
            messages.Add(message);
            at += message.Length;
            if (message.Status is 101 or >= 200) answered++;
        }

        return messages;
    }

    /// <summary>One request; null while its head is incomplete.</summary>
    public static Message? Request(ReadOnlySpan<byte> bytes) => Read(bytes, isResponse: false, bodiless: false, ended: false);

    private static Message? Response(ReadOnlySpan<byte> bytes, bool toHead, bool ended) => Read(bytes, isResponse: true, toHead, ended);

    private static Message? Read(ReadOnlySpan<byte> bytes, bool isResponse, bool bodiless, bool ended)
    {
        int start = 0;
        while (start < bytes.Length && bytes[start] is (byte)'\r' or (byte)'\n') start++;
        int end = HeadEnd(bytes, start);
        if (end < 0) return null;
        string[] lines = [.. Encoding.Latin1.GetString(bytes[start..end]).Split('\n').Select(line => line.TrimEnd('\r')).TakeWhile(line => line.Length > 0)];
        var message = new Message
        {
            Head = bytes[start..end].ToArray(),
            Lines = lines,
            Framing = Framing.None,
            Body = [],
            Trailers = [],
            IsComplete = true,
            Length = end,
        };

        if (isResponse && message.Status == 101) return message with { Framing = Framing.Tunnel, Body = bytes[end..].ToArray(), Length = bytes.Length };
        if (bodiless || (isResponse && message.Status is < 200 or 204 or 304)) return message;
        if (message.Values("Transfer-Encoding").LastOrDefault() is { } coding && coding.Contains("chunked", StringComparison.OrdinalIgnoreCase))
            return Chunked(message, bytes, end);
        if (message.Field("Content-Length") is { } value && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long length))
        {
            int here = (int)Math.Min(length, bytes.Length - end);
            return message with { Framing = Framing.Length, Body = bytes.Slice(end, here).ToArray(), IsComplete = here == length, Length = end + here };
        }

        return isResponse
            ? message with { Framing = Framing.UntilClose, Body = bytes[end..].ToArray(), IsComplete = ended, Length = bytes.Length }
            : message;
    }

    /// <summary>Behind the first empty line, whatever ends lines; −1 when there is none.</summary>
    private static int HeadEnd(ReadOnlySpan<byte> bytes, int start)
    {
        for (int i = start; i < bytes.Length; i++)
        {
            if (bytes[i] != '\n') continue;
            if (i + 1 < bytes.Length && bytes[i + 1] == '\n') return i + 2;
            if (i + 2 < bytes.Length && bytes[i + 1] == '\r' && bytes[i + 2] == '\n') return i + 3;
        }

        return -1;
    }

    private static Message Chunked(Message message, ReadOnlySpan<byte> bytes, int at)
    {
        var body = new List<byte>();
        var trailers = new List<string>();
        bool complete = false;
        while (Line(bytes, ref at) is { } line)
        {
            string digits = line.Split(';')[0].Trim();
            if (!long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long size) || size < 0) break;
            if (size == 0)
            {
                while (Line(bytes, ref at) is { } trailer && !complete)
                {
                    if (trailer.Length == 0) complete = true;
                    else trailers.Add(trailer);
                    if (complete) break;
                }

                break;
            }

            int here = (int)Math.Min(size, bytes.Length - at);
            body.AddRange(bytes.Slice(at, here));
            at += here;
            if (here < size || Line(bytes, ref at) is not { Length: 0 }) break;
        }

        return message with { Framing = Framing.Chunked, Body = [.. body], Trailers = trailers, IsComplete = complete, Length = complete ? at : bytes.Length };
    }

    private static string? Line(ReadOnlySpan<byte> bytes, ref int at)
    {
        int end = bytes[at..].IndexOf((byte)'\n');
        if (end < 0) return null;
        string line = Encoding.Latin1.GetString(bytes.Slice(at, end)).TrimEnd('\r');
        at += end + 1;
        return line;
    }
}
