namespace Sluice.Proxy.Calls;

/// <summary>How a call ended.</summary>
internal enum CallOutcome : byte
{
    /// <summary>There is an answer. Over gRPC: a status 0 with one message.</summary>
    Answered,

    /// <summary>No endpoint could be connected to.</summary>
    Unreachable,

    /// <summary>The time of the call has passed.</summary>
    Timeout,

    /// <summary>The connection broke before the answer was complete.</summary>
    Broken,

    /// <summary>What came is no answer: not of the protocol, of another length than it says, no message.</summary>
    Malformed,

    /// <summary>The answer is larger than allowed.</summary>
    TooLarge,

    /// <summary>The server answered with a status of gRPC that says that it failed (<see cref="UpstreamCall.GrpcStatus"/>).</summary>
    Refused,

    /// <summary>Whoever asked wants no answer any more.</summary>
    Cancelled,
}
