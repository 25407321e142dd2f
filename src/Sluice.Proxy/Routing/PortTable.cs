using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Routing;

/// <summary>What is served on one address and port: its listeners, and the clusters that their backends are numbered by.</summary>
internal sealed record PortTable(ListenerTable Listeners, RuntimeCluster?[] Clusters);
