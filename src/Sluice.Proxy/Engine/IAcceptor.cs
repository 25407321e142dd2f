namespace Sluice.Proxy.Engine;

/// <summary>Gets the connections of a listening socket.</summary>
internal interface IAcceptor
{
    /// <param name="descriptor">Non-blocking; owned by the acceptor from now on.</param>
    /// <param name="address">The peer's struct sockaddr.</param>
    void OnAccepted(int descriptor, ReadOnlySpan<byte> address);

    /// <summary>The process has no descriptor left; accepting pauses for a moment.</summary>
    void OnExhausted();
}
