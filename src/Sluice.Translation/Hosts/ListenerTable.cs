using Sluice.Translation.Gateways;

namespace Sluice.Translation.Hosts;

/// <summary>What the routes on one accepted listener make of it.</summary>
internal abstract class ListenerTable(GatewayState gateway, string name)
{
    public GatewayState Gateway { get; } = gateway;

    public string Name { get; } = name;

    /// <summary>Number of accepted routes.</summary>
    public int AttachedRoutes { get; set; }

    /// <summary>Puts what was added and removed since the last call in force.</summary>
    public abstract void Commit();
}
