using System.Text;
using Portok.Admin.Guard;
using Portok.Admin.Tests.Support;

namespace Portok.Admin.Tests.Guard;

public class TokenCheckTests
{
    private readonly TokenCheck _check = new("s3cret");

    [Theory]
    [InlineData("x-admin-token", "s3cret")]
    [InlineData("X-ADMIN-TOKEN", "s3cret")]
    [InlineData("Authorization", "Bearer s3cret")]
    [InlineData("authorization", "bearer  s3cret")]
    public void RightToken_EitherWay_IsRight(string name, string value) => Find((name, value)).ShouldBe(TokenFinding.Right);

    [Theory]
    [InlineData("x-admin-token", "")]
    [InlineData("x-admin-token", "s3cre")]
    [InlineData("x-admin-token", "s3cret ")]
    [InlineData("x-admin-token", "S3CRET")]
    [InlineData("x-admin-token", "s3cret, s3cret")]
    [InlineData("x-admin-token", "Bearer s3cret")]
    [InlineData("Authorization", "Bearer")]
    [InlineData("Authorization", "Bearer s3cret2")]
    public void WrongToken_IsWrong(string name, string value) => Find((name, value)).ShouldBe(TokenFinding.Wrong);

    [Theory]
    [InlineData("Authorization", "Basic czNjcmV0")]
    [InlineData("Authorization", "Bearers3cret")]
    [InlineData("Authorization", "s3cret")]
    [InlineData("Cookie", "x-admin-token=s3cret")]
    public void NothingPresented_IsMissing(string name, string value) => Find((name, value)).ShouldBe(TokenFinding.Missing);

    [Theory]
    [InlineData("s3cret", "s3cret", TokenFinding.Right)]
    [InlineData("s3cret", "other", TokenFinding.Wrong)]
    [InlineData("other", "s3cret", TokenFinding.Wrong)]
    public void BothPresented_BothMustBeRight(string own, string bearer, object finding) =>
        Find(("x-admin-token", own), ("Authorization", "Bearer " + bearer)).ShouldBe((TokenFinding)finding);

    [Fact]
    public void BasicForTheApp_BesideARightToken_DoesNotDisturb() =>
        Find(("x-admin-token", "s3cret"), ("Authorization", "Basic eDp5")).ShouldBe(TokenFinding.Right);

    [Theory]
    [InlineData("x-admin-token", "s3cret", "s3cret")]
    [InlineData("Authorization", "Bearer s3cret", "Bearer s3cret")]
    [InlineData("Authorization", "Bearer s3cret", "Basic eDp5")]
    public void RepeatedHeader_IsWrong(string name, string first, string second) =>
        Find((name, first), (name, second)).ShouldBe(TokenFinding.Wrong);

    [Fact]
    public void TokenBeyondAscii_IsComparedByItsBytes()
    {
        var check = new TokenCheck("schlüssel");
        string asServerDecodesIt = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes("schlüssel"));
        check.Check(Headers.Of(("x-admin-token", asServerDecodesIt))).ShouldBe(TokenFinding.Right);
        check.Check(Headers.Of(("x-admin-token", "schlüssel"))).ShouldBe(TokenFinding.Wrong);
    }

    [Fact]
    public void EmptyToken_CannotBeConfigured() => Should.Throw<ArgumentException>(() => new TokenCheck(""));

    private TokenFinding Find(params (string Name, string Value)[] headers) => _check.Check(Headers.Of(headers));
}
