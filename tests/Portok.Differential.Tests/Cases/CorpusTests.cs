using Portok.Differential.Cases;
using Portok.Fuzz;
using Shouldly;
using Xunit;
using Case = Portok.Differential.Cases.Case;

namespace Portok.Differential.Tests.Cases;

public sealed class CorpusTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Corpus");

    private readonly IReadOnlyList<Case> _cases = CaseFile.Read(Folder);

    [Fact]
    public void Corpus_IsLarge()
    {
        _cases.Count(scripted => scripted.Kind == CaseKind.Request).ShouldBeGreaterThanOrEqualTo(300);
        _cases.Count(scripted => scripted.Kind == CaseKind.Response).ShouldBeGreaterThanOrEqualTo(150);
        _cases.Select(scripted => scripted.Group).Distinct().ShouldBe(["valid", "odd", "hostile"], ignoreOrder: true);
    }

    [Fact]
    public void Cases_AreDistinct()
    {
        _cases.GroupBy(scripted => scripted.Name).Where(group => group.Count() > 1).ShouldBeEmpty();
        _cases.GroupBy(scripted => (EscapedBytes.Write(scripted.Bytes), EscapedBytes.Write(scripted.Request), scripted.Then, scripted.HalfClose))
            .Where(group => group.Count() > 1).Select(group => string.Join(" = ", group.Select(scripted => scripted.Name))).ShouldBeEmpty();
    }

    [Fact]
    public void Cases_AreAboutARuleThatIsExplained()
    {
        IReadOnlyDictionary<string, Rule> rules = CaseFile.ReadRules(Folder);

        _cases.Select(scripted => scripted.Rule).Distinct().ShouldBe(rules.Keys, ignoreOrder: true);
    }

    [Fact]
    public void Splits_CutInFrontOfInsideAndBehindEachLineEnd()
    {
        Split[] splits = [.. Split.All("GET /\r\nHost"u8.ToArray())];

        splits[0].Cuts.ShouldBeEmpty();
        splits[1].Cuts.ShouldBe(Enumerable.Range(1, 10));
        splits.Skip(2).Select(split => split.Cuts.ShouldHaveSingleItem()).ShouldBe([3, 5, 6, 7, 9]);
    }
}
