using System.Text;
using Sluice.Configuration;

namespace Sluice.Proxy.Filters.Chain;

/// <summary>An answer in the backend's place, made when the configuration is compiled.</summary>
internal sealed class FilterDenial
{
    private readonly (byte[] Name, byte[] Value)[] _fields;

    /// <param name="statusCode">200 to 599.</param>
    /// <param name="reason">A word for the access log, such as "jwt_expired".</param>
    /// <param name="body">Text, without line feed.</param>
    /// <param name="fields">Names and values must be ones.</param>
    public FilterDenial(int statusCode, string reason, string body, params IReadOnlyList<HeaderValue> fields)
    {
        StatusCode = statusCode;
        Reason = reason;
        Body = Encoding.UTF8.GetBytes(body);
        _fields = [.. fields.Select(field => (Encoding.ASCII.GetBytes(field.Name), Encoding.UTF8.GetBytes(field.Value)))];
    }

    public int StatusCode { get; }

    /// <summary>Which filter refused, and why.</summary>
    public string Reason { get; }

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
