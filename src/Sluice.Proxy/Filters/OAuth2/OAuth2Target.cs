namespace Sluice.Proxy.Filters.OAuth2;

/// <summary>Something of a provider that is asked over HTTP.</summary>
/// <param name="Url">Absolute.</param>
/// <param name="Cluster">Whose endpoints are connected to; null: the addresses of the URL's host.</param>
/// <param name="PrefersAddress">The cluster counts only when the URL's host has no address.</param>
internal sealed record OAuth2Target(Uri Url, string? Cluster, bool PrefersAddress = false);
