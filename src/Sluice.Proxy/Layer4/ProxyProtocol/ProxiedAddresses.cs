using Sluice.Proxy.Engine.Native;

namespace Sluice.Proxy.Layer4.ProxyProtocol;

/// <summary>What a PROXY protocol header says: who connected to what at the first proxy. Both of the same family.</summary>
internal sealed record ProxiedAddresses(NativeAddress Source, NativeAddress Destination);
