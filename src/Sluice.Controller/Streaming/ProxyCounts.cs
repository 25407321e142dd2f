namespace Sluice.Controller.Streaming;

/// <summary>The proxies of one Gateway.</summary>
/// <param name="Gateway">"namespace/name".</param>
/// <param name="Version">Of its newest configuration; 0: it has none.</param>
/// <param name="Connected">Proxies with a stream.</param>
/// <param name="Applied">Those that serve the newest configuration, single listeners excepted.</param>
/// <param name="Rejected">Those that have refused it, and serve an older one.</param>
internal sealed record ProxyCounts(string Gateway, long Version, int Connected, int Applied, int Rejected);
