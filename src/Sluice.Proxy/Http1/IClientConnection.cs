namespace Sluice.Proxy.Http1;

/// <summary>A client's connection of any protocol, as far as shutting down is concerned.</summary>
internal interface IClientConnection
{
    PortBinding Binding { get; }

    /// <summary>Served by a handler inside the process.</summary>
    bool IsLocal { get; }

    /// <summary>Nothing is lost when the connection is closed now.</summary>
    bool IsIdle { get; }

    /// <summary>Tells the client that no more requests are wanted, where its protocol has words for it. May be called again.</summary>
    void BeginDrain();

    /// <summary>Closes a connection that is idle.</summary>
    void CloseIdle();

    /// <summary>Ends whatever is going on.</summary>
    void Cut();
}
