using Sluice.Translation.Gateways;

namespace Sluice.Translation.Hosts;

/// <summary>What the routes on one accepted listener make of it.</summary>
internal abstract class ListenerTable(ListenerOwner owner, string name)
{
    private int _attachedRoutes;

    public GatewayState Gateway => owner.Gateway;

    /// <summary>The Gateway or ListenerSet that the listener is of.</summary>
    public ListenerOwner Owner => owner;

    /// <summary>The listener's name in it.</summary>
    public string Section => owner.Key.IsSet ? Name[(Name.LastIndexOf('/') + 1)..] : Name;

    public string Name { get; } = name;

    /// <summary>Number of accepted routes.</summary>
    public int AttachedRoutes
    {
        get => _attachedRoutes;
        set
        {
            _attachedRoutes = value;
            Touch();
        }
    }

    /// <summary>Puts what was added and removed since the last call in force.</summary>
    public abstract void Commit();

    /// <summary>To be called with every change: only touched listeners are committed and published.</summary>
    protected void Touch() => owner.Touch();
}
