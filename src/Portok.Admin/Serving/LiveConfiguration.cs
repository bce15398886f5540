using Portok.Admin.Guard;

namespace Portok.Admin.Serving;

/// <summary>Settings and the guards made from them; replaced as a whole, and a request keeps the one it began with.</summary>
internal sealed record LiveConfiguration(AdminSettings Settings, PublicGuard PublicGuard, UnixGuard UnixGuard);
