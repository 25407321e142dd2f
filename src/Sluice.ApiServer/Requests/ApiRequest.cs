using Sluice.ApiServer.Responses;
using Sluice.Proxy.Local;

namespace Sluice.ApiServer.Requests;

/// <summary>A request with the parts that most answers need, read once.</summary>
internal sealed class ApiRequest(LocalRequest request)
{
    /// <summary>Field managers have at most this many characters.</summary>
    private const int MaxManager = 128;

    public string Method { get; } = request.Method == "HEAD" ? "GET" : request.Method;

    public string Path { get; } = request.Path;

    public QueryParameters Query { get; } = new(request.Query);

    public ReadOnlyMemory<byte> Body { get; } = request.Body;

    public LocalRequest Raw { get; } = request;

    public string Header(string name) => Raw.Headers.TryGetValue(name, out var value) ? value : "";

    /// <summary>The content type without parameters, in lower case.</summary>
    public string ContentType
    {
        get
        {
            var value = Header("content-type");
            var end = value.IndexOf(';', StringComparison.Ordinal);
            return (end < 0 ? value : value[..end]).Trim().ToLowerInvariant();
        }
    }

    /// <summary>Nothing is to be kept of what this request does.</summary>
    /// <exception cref="ApiException">400: dryRun is something else than All.</exception>
    public bool IsDryRun
    {
        get
        {
            if (!Query.All("dryRun").Any(value => value.Length > 0))
                return false;
            return Query.All("dryRun").All(value => value == "All")
                ? true
                : throw ApiException.BadRequest($"dryRun: must be All, found \"{string.Join(",", Query.All("dryRun"))}\"");
        }
    }

    /// <summary>Who changes fields: as the request says, else the first word of the user agent.</summary>
    /// <exception cref="ApiException">400: too long.</exception>
    public string FieldManager
    {
        get
        {
            if (Query["fieldManager"] is { } manager)
            {
                return manager.Length <= MaxManager && !manager.Any(char.IsControl)
                    ? manager
                    : throw ApiException.BadRequest($"fieldManager: must be at most {MaxManager} printable characters");
            }

            var agent = Header("user-agent");
            var end = agent.IndexOf('/', StringComparison.Ordinal);
            var name = end < 0 ? agent : agent[..end];
            return name.Length == 0 ? "unknown" : name.Length <= MaxManager ? name : name[..MaxManager];
        }
    }

    /// <summary>What to do with unknown and repeated fields.</summary>
    /// <exception cref="ApiException">400: an unknown word.</exception>
    public FieldValidation FieldValidation => Query["fieldValidation"] switch
    {
        null or "Warn" => FieldValidation.Warn,
        "Ignore" => FieldValidation.Ignore,
        "Strict" => FieldValidation.Strict,
        var other => throw ApiException.BadRequest($"fieldValidation: must be Ignore, Warn or Strict, found \"{other}\""),
    };

    /// <summary>How the client wants objects: the first of its Accept header that can be given.</summary>
    /// <exception cref="ApiException">406: none of them can.</exception>
    public ObjectForm Form
    {
        get
        {
            var accept = Header("accept");
            if (accept.Length == 0)
                return ObjectForm.Whole;
            foreach (var range in MediaRange.ParseAll(accept))
            {
                if (!range.AllowsJson)
                    continue;
                switch (range["as"])
                {
                    case null:
                        return ObjectForm.Whole;
                    case "Table" when range["v"] == "v1" && range["g"] == "meta.k8s.io":
                        return ObjectForm.Table;
                    case "PartialObjectMetadata" or "PartialObjectMetadataList" when range["v"] == "v1" && range["g"] == "meta.k8s.io":
                        return ObjectForm.Metadata;
                }
            }

            throw ApiException.NotAcceptable("objects are given as application/json, whole or as Table or PartialObjectMetadata of meta.k8s.io/v1; none of them is in the Accept header");
        }
    }
}
