namespace Sluice.Configuration.Policies;

public enum AclAction
{
    Allow,
    Deny,
}
