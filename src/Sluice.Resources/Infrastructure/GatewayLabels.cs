namespace Sluice.Resources.Infrastructure;

/// <summary>Labels of the objects that stand for a Gateway (GEP-1762).</summary>
public static class GatewayLabels
{
    /// <summary>Name of the Gateway, see <see cref="BoundedName.Label"/>.</summary>
    public const string GatewayName = "gateway.networking.k8s.io/gateway-name";

    /// <summary>Name of its GatewayClass, see <see cref="BoundedName.Label"/>.</summary>
    public const string GatewayClassName = "gateway.networking.k8s.io/gateway-class-name";
}
