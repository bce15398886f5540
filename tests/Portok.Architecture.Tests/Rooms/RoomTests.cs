using Portok.Architecture.Tests.Sources;
using Shouldly;
using Xunit;

namespace Portok.Architecture.Tests.Rooms;

public sealed class RoomTests
{
    [Fact]
    public void ProjectReferences_OfEveryRoom_FollowTheArrows() => ProjectReferenceRule.Check(RepositoryFiles.All).ShouldHold();

    [Fact]
    public void Namespaces_OfEveryRoom_FollowTheArrowsAndTheFolders() => NamespaceRule.Check(RepositoryFiles.All).ShouldHold();

    [Fact]
    public void Assemblies_OfEveryRoom_FollowTheArrows() =>
        ProductAssemblies.All.SelectMany(AssemblyReferenceRule.Check).ShouldHold();

    [Fact]
    public void Map_NamesEveryProjectInSrc() =>
        Directory.GetDirectories(Path.Combine(RepositoryFiles.Root, "src")).Select(Path.GetFileName)
            .ShouldBe(RoomMap.Arrows.Keys, ignoreOrder: true);

    [Theory]
    [InlineData("Portok.Engine", """<ProjectReference Include="../Portok.Admin/Portok.Admin.csproj" />""", "must not reference Portok.Admin")]
    [InlineData("Portok.Http1", """<PackageReference Include="Newtonsoft.Json" />""", "references Newtonsoft.Json")]
    [InlineData("Portok.Extra", "", "no room of the map")]
    public void ProjectReferenceRule_ForbiddenReference_IsReported(string room, string item, string expected) =>
        ProjectReferenceRule.Check([new($"src/{room}/{room}.csproj", $"<Project><ItemGroup>{item}</ItemGroup></Project>")])
            .ShouldHaveSingleItem().ShouldContain(expected);

    [Theory]
    [InlineData("Portok.Deployment", "using Portok.Engine;", "must not see Portok.Engine")]
    [InlineData("Portok.Cli", "class A { Portok.Deployment.Switching.SwitchRecord? B; }", "must not see Portok.Deployment")]
    [InlineData("Portok.Admin", "class A { int B = Portok.Linux.Epoll.Max; }", "must not see Portok.Linux")]
    [InlineData("Portok.Linux", "namespace Portok.Linux.Sockets;", "lies in the folder of Portok.Linux")]
    [InlineData("Portok.Linux/Sockets", "namespace Portok;", "lies in the folder of Portok.Linux.Sockets")]
    public void NamespaceRule_ForbiddenName_IsReported(string room, string code, string expected) =>
        NamespaceRule.Check([new($"src/{room}/A.cs", code)]).ShouldHaveSingleItem().ShouldContain(expected);

    [Theory]
    [InlineData("Portok.Admin", "using Portok.Admin.Contract; using Portok.Deployment;")]
    [InlineData("Portok.Linux/Sockets", "namespace Portok.Linux;")]
    [InlineData("Portok.Cli", "namespace Portok.Cli; // Portok.Engine\nclass A { string B = \"Portok.Engine.X\"; }")]
    public void NamespaceRule_AllowedName_IsNotReported(string room, string code) =>
        NamespaceRule.Check([new($"src/{room}/A.cs", code)]).ShouldBeEmpty();

    [Fact]
    public void AssemblyReferenceRule_ForbiddenAssembly_IsReported() =>
        AssemblyReferenceRule.Check("Portok.Cli", ["System.Runtime", "Portok.Linux", "Portok.Deployment"])
            .ShouldBe(["the assembly of Portok.Cli uses Portok.Deployment"]);
}
