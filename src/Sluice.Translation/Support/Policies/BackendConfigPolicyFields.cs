namespace Sluice.Translation.Support.Policies;

internal static class BackendConfigPolicyFields
{
    public static PolicyMarks Marks { get; } = new PolicyMarks()
        .Supported("spec.targetRefs")
        .Supported("spec.targetSelectors")
        .Supported("spec.connectTimeout")
        .NotSupported("spec.tls", "nothing is sent to the backends; use a BackendTLSPolicy");
}
