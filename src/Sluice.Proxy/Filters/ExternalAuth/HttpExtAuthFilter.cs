using System.Text;
using Sluice.Configuration;
using Sluice.Configuration.Policies;
using Sluice.Proxy.Calls;
using Sluice.Proxy.Filters.Chain;
using Sluice.Proxy.Filters.Services;
using Sluice.Proxy.Http;
using Sluice.Proxy.Upstreams;

namespace Sluice.Proxy.Filters.ExternalAuth;

/// <summary>By HTTP: the service gets the request's method, path and query, and some of its fields.</summary>
internal sealed class HttpExtAuthFilter : ExtAuthFilter
{
    private readonly CallSettings _settings;
    private readonly byte[] _prefix;
    private readonly byte[][] _told;
    private readonly (byte[] Name, byte[] Value)[] _added;
    private readonly byte[][] _toBackend;
    private readonly byte[][] _toClient;
    private readonly byte[][] _toClientOnSuccess;

    public HttpExtAuthFilter(ExtAuthPolicy policy, ExtAuthHttpService service, int clusterId)
        : base(policy, clusterId)
    {
        _settings = CallSettings.Of(service.Timeout, service.Retry, ExtAuthPolicy.MaxResponseBytes);
        _prefix = Encoding.UTF8.GetBytes(service.PathPrefix);
        _told = [.. LowerNames(policy.HeadersToForward), "authorization"u8.ToArray()];
        _added = [.. service.HeadersToAdd.Select(field => (Encoding.ASCII.GetBytes(field.Name.ToLowerInvariant()), Encoding.UTF8.GetBytes(field.Value)))];
        _toBackend = LowerNames(service.HeadersToBackend);
        _toClient = LowerNames(service.HeadersToClient);
        _toClientOnSuccess = LowerNames(service.HeadersToClientOnSuccess);
    }

    /// <summary>Null when the service can be asked as it is configured.</summary>
    public static string? Problem(ExtAuthHttpService service) =>
        service.Timeout <= TimeSpan.Zero ? "the service's timeout must be more than 0"
        : service.PathPrefix.Length > 0 && (service.PathPrefix[0] != '/' || service.PathPrefix.Any(c => c is <= ' ' or >= '\x7f' or '?' or '#')) ? $"pathPrefix \"{service.PathPrefix}\" must begin with / and be a path"
        : service.HeadersToAdd.FirstOrDefault(field => !FieldSyntax.IsName(field.Name) || ReservedFields.Contains(field.Name) || !FieldSyntax.IsValue(field.Value)) is { } added ? $"the field \"{added.Name}\" cannot be added"
        : service.HeadersToBackend.FirstOrDefault(name => !FieldSyntax.IsName(name) || ReservedFields.Contains(name)) is { } wrong ? $"the field \"{wrong}\" cannot be given to the backend"
        : GrpcCalls.Problem(service.Retry);

    protected override bool Start(UpstreamCall call, WorkerCluster cluster, RequestHead head, FilterContext context)
    {
        // A path of "*" has nothing in front of it that a prefix could stand for.
        var writer = new HttpCallHead(context.Calls!.Worker, cluster, head.Method, head.Authority, head.Path is [(byte)'/', ..] ? _prefix : default, head.Path, head.Query);
        Span<byte> lower = stackalloc byte[256];
        foreach (ref readonly Field field in head.Fields)
        {
            ReadOnlySpan<byte> name = head.NameOf(field);
            if (name.Length > lower.Length || FieldNames.IsHopByHop(field.Known) || field.Known is KnownField.Host or KnownField.Expect)
                continue;
            Ascii.ToLower(name, lower, out _);
            if (Contains(_told, lower[..name.Length]))
                writer.Add(lower[..name.Length], head.ValueOf(field));
        }
        foreach ((byte[] name, byte[] value) in _added)
            writer.Add(name, value);
        call.StartHttp(cluster, _settings, writer.End(), head.IsHead);
        return true;
    }

    protected override FilterVerdict? Judge(UpstreamCall call, FilterContext context)
    {
        if (call.StatusCode >= 500)
            return null;
        return call.StatusCode == 200 ? Allow(call.Fields, context) : context.Deny(Denial(call));
    }

    private FilterVerdict? Allow(ReceivedFields fields, FilterContext context)
    {
        int bytes = 0;
        for (int i = 0; i < fields.Count; i++)
        {
            bool isTaken = Contains(_toBackend, fields.Name(i)) || Contains(_toClientOnSuccess, fields.Name(i));
            bytes += isTaken ? fields.Name(i).Length + fields.Value(i).Length : 0;
            if (bytes > ServiceFields.MaxBytes || (isTaken && !ServiceFields.IsAllowed(fields.Name(i), fields.Value(i))))
                return null;
        }

        // What only the service may say is taken out even where it says nothing.
        foreach (byte[] name in _toBackend)
            Credentials.RequestFields.Remove(context.Held!.Head, name);
        for (int i = 0; i < fields.Count; i++)
        {
            if (Contains(_toBackend, fields.Name(i)))
                context.AddRequestField(fields.Name(i), fields.Value(i));
            if (Contains(_toClientOnSuccess, fields.Name(i)))
                context.AddResponseField(fields.Name(i), fields.Value(i));
        }
        return FilterVerdict.Continue;
    }

    private FilterDenial Denial(UpstreamCall call)
    {
        byte[] contentType = "text/plain"u8.ToArray();
        var passed = new List<(byte[], byte[])>();
        int bytes = 0;
        ReceivedFields fields = call.Fields;
        for (int i = 0; i < fields.Count; i++)
        {
            ReadOnlySpan<byte> name = fields.Name(i);
            if (name.SequenceEqual("content-type"u8) && ServiceFields.IsValue(fields.Value(i)))
                contentType = fields.Value(i).ToArray();
            bool isWanted = _toClient.Length == 0 ? !ServiceFields.IsOfTheServer(name)
                : Contains(_toClient, name) || name.SequenceEqual("www-authenticate"u8) || name.SequenceEqual("location"u8);
            bytes += name.Length + fields.Value(i).Length;
            if (isWanted && bytes <= ServiceFields.MaxBytes && !name.SequenceEqual("content-type"u8) && ServiceFields.IsAllowed(name, fields.Value(i)))
                passed.Add((name.ToArray(), fields.Value(i).ToArray()));
        }
        int status = call.StatusCode is >= 201 and <= 599 ? call.StatusCode : 403;
        return new FilterDenial(status, "ext_auth_denied", call.Body.ToArray(), [.. passed]) { Details = "ext_authz_denied", ContentType = contentType };
    }
}
