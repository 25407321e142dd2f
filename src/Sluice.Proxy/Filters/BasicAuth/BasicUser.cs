using System.Text;

namespace Sluice.Proxy.Filters.BasicAuth;

/// <summary>A user who may get in.</summary>
internal sealed class BasicUser(string name, PasswordCheck check)
{
    public string Name { get; } = name;

    /// <summary>As the backend is told it.</summary>
    public byte[] NameBytes { get; } = Encoding.UTF8.GetBytes(name);

    public PasswordCheck Check { get; } = check;
}
