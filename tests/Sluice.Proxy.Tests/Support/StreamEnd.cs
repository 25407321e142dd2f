namespace Sluice.Proxy.Tests.Support;

internal enum StreamEnd
{
    /// <summary>FIN: the peer ended its stream in order.</summary>
    Closed,

    /// <summary>RST.</summary>
    Reset,
}
