namespace Sluice.Controller.Streaming;

/// <summary>A proxy that has proved who it is.</summary>
/// <param name="Name">For people: "system:serviceaccount:namespace:name".</param>
/// <param name="Gateway">The only one whose configuration it may have: "namespace/name".</param>
internal sealed record ProxyIdentity(string Name, string Gateway);
