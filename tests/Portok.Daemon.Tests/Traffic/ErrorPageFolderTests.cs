using System.Text;
using Portok.Daemon.Traffic;
using Portok.Engine;
using Portok.Http1;
using Portok.Testing;
using Shouldly;

namespace Portok.Daemon.Tests.Traffic;

public sealed class ErrorPageFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly List<string> _warnings = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_None_GivesNoPages() => ErrorPageFolder.Read(null, _warnings).ShouldBe(ErrorPages.None);

    [Fact]
    public void Read_Pages_AreFoundByStatusAndForm()
    {
        _folder.File("502.html", "<h1>");
        _folder.File("502.json", "{}");
        _folder.File("404.txt", "gone");
        ErrorPages pages = ErrorPageFolder.Read(_folder.Path, _warnings);
        Encoding.UTF8.GetString(pages.Find(502, AnswerForm.Html)).ShouldBe("<h1>");
        Encoding.UTF8.GetString(pages.Find(502, AnswerForm.Json)).ShouldBe("{}");
        Encoding.UTF8.GetString(pages.Find(404, AnswerForm.Text)).ShouldBe("gone");
        pages.Find(502, AnswerForm.Text).IsEmpty.ShouldBeTrue();
        _warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("502.htm")]
    [InlineData("399.html")]
    [InlineData("600.txt")]
    [InlineData("index.html")]
    [InlineData("+502.html")]
    public void Read_FileOfAnotherName_IsNamedAndPassedOver(string name)
    {
        _folder.File(name, "x");
        ErrorPageFolder.Read(_folder.Path, _warnings);
        _warnings.ShouldHaveSingleItem().ShouldContain(name);
    }

    [Fact]
    public void Read_PageTooLarge_IsNamedAndPassedOver()
    {
        _folder.File("502.txt", new string('x', ErrorPageFolder.MaxPageBytes + 1));
        ErrorPageFolder.Read(_folder.Path, _warnings).Find(502, AnswerForm.Text).IsEmpty.ShouldBeTrue();
        _warnings.ShouldHaveSingleItem().ShouldContain("502.txt");
    }

    [Fact]
    public void Read_FolderThatIsGone_StopsTheStart()
        => Should.Throw<StartException>(() => ErrorPageFolder.Read(_folder.File("none"), _warnings)).Message.ShouldContain("ERROR_PAGES_DIR=");
}
