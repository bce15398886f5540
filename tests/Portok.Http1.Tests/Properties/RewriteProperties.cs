using CsCheck;
using Shouldly;
using Xunit;

namespace Portok.Http1.Tests.Properties;

/// <summary>Parse, write, parse: what an app or a client reads is what was meant, and nothing else.</summary>
public sealed class RewriteProperties
{
    private static readonly FieldKind[] PerHop =
    [
        FieldKind.Connection, FieldKind.KeepAlive, FieldKind.ProxyConnection, FieldKind.ProxyAuthenticate, FieldKind.ProxyAuthorization,
        FieldKind.ProxyAuthenticationInfo, FieldKind.Te, FieldKind.Upgrade, FieldKind.AdminToken, FieldKind.PortokPeer,
    ];

    [Fact]
    public void Request_Rewritten_MeansTheSame()
        => Generate.Request.Where(IsValid).Sample(text =>
        {
            RequestHead before = Wire.Valid(text);
            string written = Wire.Rewrite(text);
            RequestHead after = Wire.Valid(written);

            after.IsHttp10.ShouldBeFalse();
            after.IsAbsoluteForm.ShouldBeFalse();
            after.MethodToken.Of(written).ShouldBe(before.MethodToken.Of(text));
            string origin = before.OriginTarget.Of(text);
            after.Target.Of(written).ShouldBe(origin.Length == 0 ? (before.Method == MethodKind.Options ? "*" : "/") : origin[0] == '?' ? "/" + origin : origin);
            after.Host.Of(written).ShouldBe((before.IsAbsoluteForm ? before.Authority : before.Host).Of(text));
            after.Framing.ShouldBe(before.Framing);
            after.ContentLength.ShouldBe(before.ContentLength);
            after.AcceptsTrailers.ShouldBe(before.AcceptsTrailers);
            Plain(after, written).ShouldBe(Plain(before, text));

            // Written once, it is canonical.
            Wire.Rewrite(written).ShouldBe(written);
        }, iter: 5_000);

    [Fact]
    public void Response_Rewritten_MeansTheSame()
        => Generate.Response.Where(text => Wire.Parse(text, out ResponseHead _) == RejectReason.None).Sample(text =>
        {
            ResponseHead before = Wire.ValidResponse(text);
            string written = Wire.RewriteResponse(text);
            ResponseHead after = Wire.ValidResponse(written);

            after.IsHttp10.ShouldBeFalse();
            after.Status.ShouldBe(before.Status);
            after.Reason.Of(written).ShouldBe(before.Reason.Of(text));
            after.Framing.ShouldBe(before.Framing);
            if (before.Framing == BodyFraming.ContentLength) after.ContentLength.ShouldBe(before.ContentLength);
            Plain(after, written).ShouldBe(Plain(before, text));
            Wire.RewriteResponse(written).ShouldBe(written);
        }, iter: 5_000);

    [Fact]
    public void Request_WithEverythingAdded_StaysInItsBoundAndValid()
        => Gen.Select(Gen.OneOf(Generate.Request, Generate.Mutated(Generate.Request)), Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool)
            .Where((text, _, _, _, _) => IsValid(text))
            .Sample((text, forwarded, close, upgrade, admin) =>
            {
                // The destination is exactly MaxLength long: one byte more would throw.
                string written = Wire.Rewrite(text, forwarded, close, upgrade, admin);
                RequestHead head = Wire.Valid(written);
                if (close && !head.HasUpgrade) head.KeepAlive.ShouldBeFalse();
                if (forwarded && !admin) head.Has(FieldKind.ForwardedFor).ShouldBeTrue();
                head.Has(FieldKind.PortokPeer).ShouldBe(admin);
                if (!admin) head.Has(FieldKind.AdminToken).ShouldBeFalse();
                head.HasRepeated(FieldKind.Connection).ShouldBeFalse();
            }, iter: 5_000);

    [Fact]
    public void Response_WithEverythingAdded_StaysInItsBoundAndValid()
        => Gen.Select(Gen.OneOf(Generate.Response, Generate.Mutated(Generate.Response)), Gen.Enum<ResponseBodyChange>(), Gen.Bool, Gen.Bool)
            .Where((text, _, _, _) => Wire.Parse(text, out ResponseHead _) == RejectReason.None)
            .Sample((text, change, close, keepAlive) =>
            {
                string written = Wire.RewriteResponse(text, new ResponseRewrite { BodyChange = change, CloseClient = close, SayKeepAlive = keepAlive });
                ResponseHead head = Wire.ValidResponse(written);
                if (close) head.KeepAlive.ShouldBeFalse();
                if (change == ResponseBodyChange.AddChunked && !head.MustNotBeFramed && head.Status != 304) head.Framing.ShouldBe(BodyFraming.Chunked);
                if (change == ResponseBodyChange.StripChunked) head.Framing.ShouldNotBe(BodyFraming.Chunked);
            }, iter: 5_000);

    [Fact]
    public void Bytes_OfAnyKind_NeverThrow()
        => Gen.OneOf(Generate.Soup, Generate.Mutated(Generate.Request), Generate.Mutated(Generate.Response), Gen.Byte.Array[0, 80].Select(b => Wire.Text(b)))
            .Sample(text =>
            {
                if (Wire.Parse(text, out RequestHead request) == RejectReason.None) request.Length.ShouldBe(text.Length);
                request.IndexOf(FieldKind.Accept).ShouldBeLessThan(request.FieldCount);
                request.Host.End.ShouldBeLessThanOrEqualTo(text.Length);
                if (Wire.Parse(text, out ResponseHead response) == RejectReason.None) response.Status.ShouldBeInRange(100, 599);
                Enum.IsDefined(LocalAnswer.Choose(Wire.Bytes(text))).ShouldBeTrue();
                HostValue.IsValid(Wire.Bytes(text));
            }, iter: 20_000);

    private static bool IsValid(string text) => Wire.ParseRequest(text) == RejectReason.None;

    /// <summary>The fields that must arrive as they are. Host and framing are compared by meaning.</summary>
    private static string Plain(MessageHead head, string text) => string.Join('\n', head.Fields.Take(head.FieldCount)
        .Where(f => !f.IsHopByHop && !PerHop.Contains(f.Kind) && f.Kind is not (FieldKind.Host or FieldKind.ContentLength))
        .Where(f => f.Kind != FieldKind.Expect || head is ResponseHead || !head.IsHttp10)
        .Select(f => f.Name.Of(text) + ": " + f.Value.Of(text)));
}
