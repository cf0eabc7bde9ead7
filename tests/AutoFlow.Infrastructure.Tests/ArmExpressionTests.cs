namespace AutoFlow.Infrastructure.Tests;

public sealed class ArmExpressionTests
{
    [Fact]
    public void Members_of_objects_are_found_with_their_values_also_inside_other_calls()
    {
        var members = ArmExpression.Members("[union(createObject('a', reference(resourceId('x', 'y, (z'), '1').b[0].c, 'it''s', 'text'), if(empty('k'), createObject(), createObject('d', format('{0}', 'e'))))]");

        Assert.Equal(
            new Dictionary<string, string> { ["a"] = "reference(resourceId('x', 'y, (z'), '1').b[0].c", ["it's"] = "'text'", ["d"] = "format('{0}', 'e')" },
            members);
    }
}
