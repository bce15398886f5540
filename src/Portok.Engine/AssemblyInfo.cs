using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Portok.Engine.Tests")]
[assembly: InternalsVisibleTo("Portok.Bench")]
[assembly: InternalsVisibleTo("Portok.Fuzz")]
