using System.Text.Json.Nodes;

namespace Portok.Admin.Tests.Support;

/// <summary>Literal JSON, written to be read, in the compact form of the wire. Order and numbers stay as written.</summary>
internal static class JsonText
{
    public static string Compact(string json) => JsonNode.Parse(json)!.ToJsonString();
}
