"""Every path of the site."""

from django.contrib import admin
from django.contrib.auth.views import LogoutView
from django.urls import path

from sales.workspace import about, door, health, monitor, tryouts

urlpatterns = [
    path("", door.home, name="home"),
    path("sign-in/", door.SignIn.as_view(), name="login"),
    path("sign-out/", LogoutView.as_view(), name="logout"),
    path("demo/enter/", door.demo_enter, name="demo-enter"),
    path("try/<slug:what>/", tryouts.tryout, name="try"),
    path("about/", about.page, name="about"),
    path("monitor/", monitor.page, name="monitor"),
    path("admin/", admin.site.urls),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
