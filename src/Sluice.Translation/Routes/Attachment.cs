using Sluice.Translation.Hosts;

namespace Sluice.Translation.Routes;

/// <summary>A hostname under which a route serves on a listener.</summary>
internal readonly record struct Attachment(ListenerTable Listener, string Hostname);
