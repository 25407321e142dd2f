namespace Sluice.Configuration.Policies;

public enum RbacAction
{
    Allow,
    Deny,
}
