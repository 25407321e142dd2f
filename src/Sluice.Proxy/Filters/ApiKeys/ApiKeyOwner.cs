using System.Text;

namespace Sluice.Proxy.Filters.ApiKeys;

/// <summary>A client that a key stands for.</summary>
internal sealed class ApiKeyOwner(string id)
{
    public string Id { get; } = id;

    /// <summary>As the backend is told it.</summary>
    public byte[] IdBytes { get; } = Encoding.UTF8.GetBytes(id);
}
