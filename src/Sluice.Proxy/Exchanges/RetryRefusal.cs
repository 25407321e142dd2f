namespace Sluice.Proxy.Exchanges;

/// <summary>Why a request that its rule would retry was not sent again although it had attempts left.</summary>
internal enum RetryRefusal : byte
{
    /// <summary>Too many requests of the cluster are being retried already.</summary>
    Budget,

    /// <summary>The request is larger than what is kept, or ended with trailers.</summary>
    NotKept,
}
