using System.Text;
using Sluice.Configuration;

namespace Sluice.Proxy.Filters.Chain;

/// <summary>An answer in the backend's place, made when the configuration is compiled.</summary>
internal sealed class FilterDenial
{
    private readonly (byte[] Name, byte[] Value)[] _fields;
    private byte[]? _detailsBytes;

    /// <param name="statusCode">200 to 599.</param>
    /// <param name="reason">A word for metrics, one of few, such as "jwt_expired".</param>
    /// <param name="body">Text, without line feed.</param>
    /// <param name="fields">Names and values must be ones.</param>
    public FilterDenial(int statusCode, string reason, string body, params IReadOnlyList<HeaderValue> fields)
    {
        StatusCode = statusCode;
        Reason = Details = reason;
        Body = Encoding.UTF8.GetBytes(body);
        _fields = [.. fields.Select(field => (Encoding.ASCII.GetBytes(field.Name), Encoding.UTF8.GetBytes(field.Value)))];
    }

    public int StatusCode { get; }

    /// <summary>Which filter refused, and why.</summary>
    public string Reason { get; }

    /// <summary>The same in access logs (RESPONSE_CODE_DETAILS), by Envoy's name where it has one. Default: <see cref="Reason"/>.</summary>
    public string Details { get; init; }

    /// <summary>Without spaces, so that a line of a log can be taken apart.</summary>
    public byte[] DetailsBytes => _detailsBytes ??= Encoding.UTF8.GetBytes(Details.Replace(' ', '_'));

    /// <summary>text/plain.</summary>
    public byte[] Body { get; }

    /// <summary>Status of gRPC that a request of gRPC gets; -1: the one that stands for <see cref="StatusCode"/>.</summary>
    public int GrpcStatus { get; init; } = -1;

    /// <summary>Adds its fields to those of the response.</summary>
    public void AddFields(FilterContext context)
    {
        foreach ((byte[] name, byte[] value) in _fields)
            context.AddResponseField(name, value);
    }
}
