using System.Collections.Frozen;

namespace Sluice.Configuration.Telemetry.Formats;

/// <summary>Names of the operators.</summary>
public static class LogOperators
{
    public static FrozenDictionary<string, LogOperator> ByName { get; } = new Dictionary<string, LogOperator>(StringComparer.Ordinal)
    {
        ["START_TIME"] = LogOperator.StartTime,
        ["REQ"] = LogOperator.Request,
        ["RESP"] = LogOperator.Response,
        ["TRAILER"] = LogOperator.Trailer,
        ["PROTOCOL"] = LogOperator.Protocol,
        ["RESPONSE_CODE"] = LogOperator.ResponseCode,
        ["RESPONSE_CODE_DETAILS"] = LogOperator.ResponseCodeDetails,
        ["RESPONSE_FLAGS"] = LogOperator.ResponseFlags,
        ["DURATION"] = LogOperator.Duration,
        ["REQUEST_DURATION"] = LogOperator.RequestDuration,
        ["RESPONSE_DURATION"] = LogOperator.ResponseDuration,
        ["BYTES_RECEIVED"] = LogOperator.BytesReceived,
        ["BYTES_SENT"] = LogOperator.BytesSent,
        ["UPSTREAM_HOST"] = LogOperator.UpstreamHost,
        ["UPSTREAM_CLUSTER"] = LogOperator.UpstreamCluster,
        ["DOWNSTREAM_REMOTE_ADDRESS"] = LogOperator.DownstreamRemoteAddress,
        ["DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT"] = LogOperator.DownstreamRemoteAddressWithoutPort,
        ["DOWNSTREAM_LOCAL_ADDRESS"] = LogOperator.DownstreamLocalAddress,
        ["DOWNSTREAM_TLS_VERSION"] = LogOperator.DownstreamTlsVersion,
        ["DOWNSTREAM_TLS_CIPHER"] = LogOperator.DownstreamTlsCipher,
        ["DOWNSTREAM_PEER_SUBJECT"] = LogOperator.DownstreamPeerSubject,
        ["REQUESTED_SERVER_NAME"] = LogOperator.RequestedServerName,
        ["ROUTE_NAME"] = LogOperator.RouteName,
        ["VIRTUAL_CLUSTER_NAME"] = LogOperator.VirtualClusterName,
        ["GRPC_STATUS"] = LogOperator.GrpcStatus,
        ["GRPC_STATUS_NUMBER"] = LogOperator.GrpcStatusNumber,
        ["UPSTREAM_REQUEST_ATTEMPT_COUNT"] = LogOperator.UpstreamRequestAttemptCount,
        ["UPSTREAM_TRANSPORT_FAILURE_REASON"] = LogOperator.UpstreamTransportFailureReason,
        ["HOSTNAME"] = LogOperator.Hostname,
        ["CONNECTION_ID"] = LogOperator.ConnectionId,
        ["STREAM_ID"] = LogOperator.StreamId,
        ["TRACE_ID"] = LogOperator.TraceId,
        ["DYNAMIC_METADATA"] = LogOperator.DynamicMetadata,
        ["GATEWAY"] = LogOperator.Gateway,
        ["LISTENER"] = LogOperator.Listener,
        ["LOCAL_REPLY_BODY"] = LogOperator.LocalReplyBody,
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
