using AutoFlow.Understanding.Entities;

namespace AutoFlow.Understanding.Tests;

public class OrderNumberTests
{
    private static readonly OrderNumbers Orders = new(@"#?\d{4,6}");

    [Theory]
    [InlineData("Where is order 10442?", "10442")]
    [InlineData("#1042", "1042")]
    [InlineData("my order #1042, thanks", "1042")]
    [InlineData("Order number: 10442", "10442")]
    [InlineData("order no. 10442 please", "10442")]
    [InlineData("Bestellung Nr. 10442", "10442")]
    [InlineData("Bestellnummer lautet 10442.", "10442")]
    [InlineData("commande n° 10442", "10442")]
    [InlineData("ma commande numéro 10442", "10442")]
    [InlineData("mi pedido nº 10442", "10442")]
    [InlineData("l'ordine n. 10442", "10442")]
    [InlineData("mijn bestelling met nummer 10442", "10442")]
    [InlineData("zamówienie o numerze 10442", "10442")]
    [InlineData("nr zamówienia: 10442", "10442")]
    [InlineData("orders 1001, 1002 and 1003", "1001,1002,1003")]
    [InlineData("Bestellungen 1001 und 1002", "1001,1002")]
    [InlineData("10442", "10442")]
    [InlineData("The order from last week, 10442", "10442")]
    [InlineData("10442 is my order number", "10442")]
    public void An_order_number_is_found(string text, string expected) => Assert.Equal(expected.Split(','), Orders.Find(text));

    [Theory]
    [InlineData("My order from March 2025 never came")]
    [InlineData("I ordered on 12.11.2025")]
    [InlineData("my order cost 1299 EUR")]
    [InlineData("I paid € 1299 for the order")]
    [InlineData("I live in 10115 Berlin")]
    [InlineData("call me: 0171 234567")]
    [InlineData("Since 2024 I buy here")]
    [InlineData("the lamp has 1200 lumen")]
    [InlineData("customer number 44556")]
    [InlineData("order tracking 1Z999AA10123456784")]
    [InlineData("https://shop.example/p/12345")]
    public void Other_numbers_are_not_orders(string text) => Assert.Empty(Orders.Find(text));

    [Theory]
    [InlineData("well ----")]
    [InlineData("order ----")]
    [InlineData("----")]
    public void Strokes_alone_are_no_order_whatever_the_pattern(string text) => Assert.Empty(new OrderNumbers(@"[\d-]{4,}").Find(text));
}
