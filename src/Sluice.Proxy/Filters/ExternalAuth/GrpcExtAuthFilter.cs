using System.Text;
using Sluice.Configuration.Policies;
using Sluice.Expressions.Cel;
using Sluice.Proxy.Calls;
using Sluice.Proxy.Calls.Protobuf;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.Credentials;
using Sluice.Proxy.Filters.Services;
using Sluice.Proxy.Http;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Filters.ExternalAuth;

/// <summary>By gRPC: envoy.service.auth.v3.Authorization/Check.</summary>
internal sealed class GrpcExtAuthFilter : ExtAuthFilter
{
    /// <summary>Under which filters behind find what the service says of the request.</summary>
    private const string MetadataName = "envoy.filters.http.ext_authz";

    private readonly CallSettings _settings;
    private readonly GrpcCallHead _head;
    private readonly CheckRequest _request;

    public GrpcExtAuthFilter(ExtAuthPolicy policy, GrpcService service, int clusterId)
        : base(policy, clusterId)
    {
        _settings = CallSettings.Of(service.Timeout, service.Retry, ExtAuthPolicy.MaxResponseBytes);
        _head = new GrpcCallHead(service.Authority, "/envoy.service.auth.v3.Authorization/Check", _settings.Timeout);
        _request = new CheckRequest(LowerNames(policy.HeadersToForward), policy.ContextExtensions);
    }

    protected override bool Start(UpstreamCall call, WorkerCluster cluster, RequestHead head, FilterContext context)
    {
        if (cluster.Protocol != Configuration.UpstreamProtocol.Http2)
            return false;
        _request.Write(call.BeginMessage(), head, context);
        call.StartGrpc(cluster, _settings, _head);
        return true;
    }

    protected override FilterVerdict? Judge(UpstreamCall call, FilterContext context)
    {
        if (!CheckResponse.TryRead(call.Body, out CheckResponse response))
            return null;
        if (response.Metadata.Length > 0)
        {
            if (StructJson.Read(response.Metadata) is not { } json)
                return null;
            (context.Metadata ??= new CelDictionary()).Set(MetadataName, JsonValues.Parse(json));
        }
        if (!response.IsAllowed)
            return context.Deny(Denial(response.Denied));
        Allow(response.Ok, context);
        return FilterVerdict.Continue;
    }

    // OkHttpResponse: headers 2, headers_to_remove 5, response_headers_to_add 6, query_parameters_to_set 7, query_parameters_to_remove 8.
    private static void Allow(ReadOnlySpan<byte> message, FilterContext context)
    {
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 2 when HeaderOption.TryRead(reader.Bytes, out HeaderOption option):
                    RequestChanges.Apply(context, option);
                    break;
                case 5:
                    RequestFields.Remove(context.Held!.Head, reader.Bytes);
                    break;
                case 6 when HeaderOption.TryRead(reader.Bytes, out HeaderOption option):
                    context.AddResponseField(option.Name, option.Value);
                    break;
                case 7 when HeaderOption.TryReadField(reader.Bytes, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value) && name.Length > 0:
                    RequestChanges.SetParameter(context, name, value);
                    break;
                case 8:
                    RequestChanges.RemoveParameter(context, reader.Bytes);
                    break;
            }
        }
    }

    // DeniedHttpResponse: status 1, headers 2, body 3.
    private static FilterDenial Denial(ReadOnlySpan<byte> message)
    {
        int status = 403;
        byte[] body = [];
        byte[] contentType = "text/plain"u8.ToArray();
        var fields = new List<(byte[], byte[])>();
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            switch (reader.Field)
            {
                case 1:
                    status = StatusOf(reader.Bytes);
                    break;
                case 2 when HeaderOption.TryRead(reader.Bytes, out HeaderOption option):
                    if (Ascii.EqualsIgnoreCase(option.Name, "content-type"u8))
                        contentType = option.Value.ToArray();
                    else
                        fields.Add((option.Name.ToArray(), option.Value.ToArray()));
                    break;
                case 3:
                    body = reader.Bytes.ToArray();
                    break;
            }
        }
        return new FilterDenial(status, "ext_auth_denied", body, [.. fields]) { Details = "ext_authz_denied", ContentType = contentType };
    }

    /// <summary>What is no status of an answer, 0 included, is 403.</summary>
    private static int StatusOf(ReadOnlySpan<byte> message)
    {
        ulong code = 0;
        var reader = new ProtobufReader(message);
        while (reader.Read())
        {
            if (reader is { Field: 1, Type: WireType.Varint })
                code = reader.Number;
        }
        return code is >= 200 and <= 599 ? (int)code : 403;
    }
}
