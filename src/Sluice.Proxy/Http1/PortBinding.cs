using Sluice.Proxy.Local;
using Sluice.Proxy.Routing;

namespace Sluice.Proxy.Http1;

/// <summary>
/// What one worker serves on one address and port. Connections hold on to it, so that a new configuration reaches them with
/// their next request.
/// </summary>
internal sealed class PortBinding
{
    /// <summary>Null once the port is no longer configured: requests on connections that are still there get 404.</summary>
    public PortTable? Table { get; set; }

    public bool IsServed => Table is not null || Handler is not null;

    /// <summary>Answers inside the process instead.</summary>
    public ILocalHandler? Handler { get; init; }
}
