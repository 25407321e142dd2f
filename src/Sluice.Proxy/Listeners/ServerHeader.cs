using System.Text;
using Sluice.Configuration.Listeners;

namespace Sluice.Proxy.Listeners;

/// <summary>What becomes of Server of a listener's responses.</summary>
/// <param name="transformation">Null: the backend's passes, and only answers of the proxy's own have the name.</param>
/// <param name="name">A field value.</param>
internal sealed class ServerHeader(ServerHeaderTransformation? transformation, byte[] name)
{
    /// <summary>What answers of the proxy's own say; empty: nothing.</summary>
    public byte[] Own { get; } = transformation == ServerHeaderTransformation.PassThrough ? [] : name;

    /// <summary>The backend's fields are dropped.</summary>
    public bool Replaces { get; } = transformation == ServerHeaderTransformation.Overwrite;

    /// <summary>What a backend's response gets that has no such field left; empty: nothing.</summary>
    public byte[] Added { get; } = transformation is ServerHeaderTransformation.Overwrite or ServerHeaderTransformation.AppendIfAbsent ? name : [];

    public static bool IsName(ReadOnlySpan<byte> fieldName) => fieldName.Length == 6 && Ascii.EqualsIgnoreCase(fieldName, "server"u8);
}
