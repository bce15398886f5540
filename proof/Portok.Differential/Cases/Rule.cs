namespace Portok.Differential.Cases;

/// <summary>What a group of cases is about.</summary>
/// <param name="Id">As cases name it.</param>
/// <param name="Title">For people.</param>
/// <param name="Page">The row's page under docs/wire-rules.</param>
/// <param name="Why">Why Portok does as it does, where a peer does otherwise.</param>
internal sealed record Rule(string Id, string Title, string Page, string Why);
