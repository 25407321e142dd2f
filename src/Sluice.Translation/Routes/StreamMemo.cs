using Sluice.Configuration;
using Sluice.Resources;
using Sluice.Resources.GatewayApi;
using Sluice.Translation.Hosts;

namespace Sluice.Translation.Routes;

/// <summary>
/// The result of translating one TLSRoute, TCPRoute or UDPRoute, which holds until the route or something it refers to changes.
/// Immutable.
/// </summary>
/// <param name="route">The route.</param>
/// <param name="compiled">What its rule comes to.</param>
/// <param name="attachments">The hostnames under which it is attached, by listener.</param>
/// <param name="streams">What it says on each of these listeners.</param>
/// <param name="status">What is told about it.</param>
internal sealed class StreamMemo(Layer4Route route, CompiledStream compiled, Attachment[] attachments, ListenerStream[] streams, RouteStatus status) : IRouteMemo
{
    public Layer4Route Route { get; } = route;

    Route IRouteMemo.Route => Route;

    public CompiledStream Compiled { get; } = compiled;

    public Attachment[] Attachments { get; } = attachments;

    /// <summary>Every listener of the attachments once.</summary>
    public ListenerStream[] Streams { get; } = streams;

    public RouteStatus Status { get; } = status;

    public StreamRoute StreamOn(ListenerTable listener) => Array.Find(Streams, stream => stream.Listener == listener).Stream;

    /// <summary>The Services whose BackendTLSPolicies hold on that listener.</summary>
    public NamespacedName[] PolicedOn(ListenerStream stream) =>
        Compiled.PolicedServices is { } services && !stream.IsPlain ? services : [];
}
