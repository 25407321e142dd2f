namespace Sluice.Proxy.Layer4;

/// <summary>How a relayed connection ended.</summary>
internal enum RelayEnd : byte
{
    /// <summary>Both sides have ended, and have got everything.</summary>
    Completed,

    /// <summary>The client reset its connection, or went away.</summary>
    ClientReset,

    /// <summary>The backend reset its connection, or went away.</summary>
    BackendReset,

    /// <summary>Nothing was said in either direction for too long.</summary>
    Idle,

    /// <summary>There is no backend, its share has none, or it has no endpoints.</summary>
    NoBackend,

    /// <summary>No endpoint took the connection.</summary>
    ConnectFailed,

    /// <summary>No endpoint took the connection in time.</summary>
    ConnectTimeout,

    /// <summary>The proxy ends, and the time to finish is up.</summary>
    Cut,

    /// <summary>A defect of ours.</summary>
    Fault,
}
