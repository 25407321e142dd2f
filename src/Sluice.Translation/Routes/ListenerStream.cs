using Sluice.Configuration;
using Sluice.Translation.Hosts;

namespace Sluice.Translation.Routes;

/// <summary>What a route of streams says on one listener: with which backends it speaks TLS depends on listener and Gateway.</summary>
internal readonly record struct ListenerStream(ListenerTable Listener, StreamRoute Stream);
