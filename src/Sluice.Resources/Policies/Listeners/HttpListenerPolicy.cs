namespace Sluice.Resources.Policies.Listeners;

/// <summary>
/// gateway.kgateway.dev/v1alpha1 HTTPListenerPolicy: how HTTP is spoken with clients. What a ListenerPolicy says in
/// default.httpSettings stands here at the top of spec.
/// </summary>
public sealed record HttpListenerPolicy : AttachedPolicy
{
    public override string Kind => "HTTPListenerPolicy";

    public required HttpSettings Settings { get; init; }
}
