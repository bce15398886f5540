using System.Text;
using Shouldly;

namespace Portok.Http1.Tests;

/// <summary>Heads as text in, heads as text out; every byte is one Latin-1 character.</summary>
internal static class Wire
{
    public const string Client = "192.0.2.7";

    public static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    public static string Text(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    public static RejectReason Parse(string text, out RequestHead head, int maxFields = 128)
    {
        head = new RequestHead(maxFields);
        return RequestHeadParser.Parse(Bytes(text), head);
    }

    public static RejectReason ParseRequest(string text) => Parse(text, out RequestHead _);

    /// <summary>A GET with these field lines behind a valid Host; each ends in CRLF.</summary>
    public static RejectReason ParseFields(string fields, out RequestHead head)
        => Parse("GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n", out head);

    public static RequestHead Valid(string text)
    {
        Parse(text, out RequestHead head).ShouldBe(RejectReason.None);
        return head;
    }

    public static RejectReason Parse(string text, out ResponseHead head, MethodKind request = MethodKind.Get, bool upgradeRelayed = false)
    {
        head = new ResponseHead(128);
        return ResponseHeadParser.Parse(Bytes(text), request, upgradeRelayed, head);
    }

    public static ResponseHead ValidResponse(string text, MethodKind request = MethodKind.Get, bool upgradeRelayed = false)
    {
        Parse(text, out ResponseHead head, request, upgradeRelayed).ShouldBe(RejectReason.None);
        return head;
    }

    public static string Rewrite(string text, bool forwarded = false, bool close = false, bool upgrade = false, bool admin = false)
    {
        RequestHead head = Valid(text);
        byte[] source = Bytes(text);
        byte[] destination = new byte[RequestRewriter.MaxLength(source.Length)];
        var rewrite = new RequestRewrite
        {
            ClientAddress = Bytes(Client),
            UpstreamPort = 8080,
            AddForwarded = forwarded,
            CloseUpstream = close,
            RelayUpgrade = upgrade,
            ForAdmin = admin,
        };
        return Text(destination.AsSpan(0, RequestRewriter.Write(head, source, in rewrite, destination)));
    }

    public static string RewriteResponse(string text, ResponseRewrite rewrite = default, MethodKind request = MethodKind.Get)
    {
        ResponseHead head = ValidResponse(text, request, rewrite.RelayUpgrade);
        byte[] source = Bytes(text);
        byte[] destination = new byte[ResponseRewriter.MaxLength(source.Length)];
        return Text(destination.AsSpan(0, ResponseRewriter.Write(head, source, in rewrite, destination)));
    }

    public static string Of(this Slice slice, string text) => text.Substring(slice.Start, slice.Length);
}
