using Sluice.Configuration;
using Sluice.Translation.Hosts;

namespace Sluice.Translation.Routes;

/// <summary>What a route of streams says on one listener.</summary>
/// <param name="Listener">The listener.</param>
/// <param name="Stream">Where its connections or datagrams go.</param>
/// <param name="IsPlain">What clients send is passed on as it is, so that no BackendTLSPolicy holds.</param>
internal readonly record struct ListenerStream(StreamTable Listener, StreamRoute Stream, bool IsPlain);
